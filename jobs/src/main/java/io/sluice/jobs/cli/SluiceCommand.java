package io.sluice.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code sluice} command.
 *
 * <p>Exit codes: {@value #DONE} done, {@value #FAILED} failed while running, {@value #WRONG_USAGE}
 * wrong usage or configuration.
 */
@Command(
        name = "sluice",
        description = "A recommender that learns from every event.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            BenchCommand.class,
            CompareCommand.class,
            EvaluatePolicyCommand.class,
            RankersCommand.class,
            FeaturesCommand.class,
            GenerateCommand.class,
            GenerateSlatesCommand.class,
            ImportCommand.class,
            ModelCommand.class,
            QuickstartCommand.class,
            ReplayCommand.class,
            RerankCommand.class,
            ServeCommand.class,
            TopicsCommand.class,
            TrainCommand.class,
            ValidateCommand.class
        },
        versionProvider = SluiceVersion.class)
public final class SluiceCommand implements Runnable {
    /** Exit code: the command did what was asked. */
    public static final int DONE = 0;

    /** Exit code: the command was understood but failed while running. */
    public static final int FAILED = 1;

    /** Exit code: an option, argument or configuration is wrong; nothing was started. */
    public static final int WRONG_USAGE = 2;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error.")
    private boolean verbose;

    @Spec private CommandSpec spec;

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * <p>Inside a Flink client or JobManager the JVM is not ours to end: success returns, failure
     * is thrown.
     */
    public static void main(String[] args) {
        int code = commandLine().execute(args);
        if (isOwnProcess()) {
            System.exit(code);
        }
        if (code != DONE) {
            throw new IllegalStateException(
                    "sluice ended with exit code %d; what was wrong stands above".formatted(code));
        }
    }

    /** Flink loads the job jar with a class loader of its own. */
    static boolean isOwnProcess() {
        return SluiceCommand.class.getClassLoader() == ClassLoader.getSystemClassLoader();
    }

    /** The command line with all subcommands; embedders and tests call {@code execute} on it. */
    public static CommandLine commandLine() {
        ErrorReport report = new ErrorReport();
        return new CommandLine(new SluiceCommand())
                .setParameterExceptionHandler(report)
                .setExecutionExceptionHandler(report)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Whether errors come with their stack trace. */
    boolean verbose() {
        return verbose;
    }

    /** Called when no subcommand is given, which is wrong usage. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is required");
    }
}
