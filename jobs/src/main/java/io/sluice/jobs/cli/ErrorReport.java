package io.sluice.jobs.cli;

import io.sluice.jobs.config.ConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns an exception into one line on standard error (one per fault of a configuration) and an exit
 * code.
 *
 * <p>{@link IllegalArgumentException} means that the user gave something wrong (exit code {@value
 * SluiceCommand#WRONG_USAGE}); everything else is a failure while running ({@value
 * SluiceCommand#FAILED}). The stack trace is for {@code --verbose} only.
 */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("sluice: " + words(fault));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return SluiceCommand.WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(
            Exception fault, CommandLine command, ParseResult parseResult) {
        PrintWriter err = command.getErr();
        boolean wrongUsage = fault instanceof IllegalArgumentException;
        if (fault instanceof ConfigException config) {
            list(config, err);
        } else {
            err.println("sluice: " + (wrongUsage ? words(fault) : failure(fault)));
        }
        if (isVerbose(command)) {
            fault.printStackTrace(err);
        }
        return wrongUsage ? SluiceCommand.WRONG_USAGE : SluiceCommand.FAILED;
    }

    /** A configuration's faults are mended together, so they are shown together. */
    private static void list(ConfigException fault, PrintWriter err) {
        int count = fault.problems().size();
        err.println("sluice: the configuration has " + count + (count == 1 ? " fault" : " faults"));
        fault.problems().forEach(problem -> err.println("  " + problem));
    }

    private static boolean isVerbose(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand() instanceof SluiceCommand sluice && sluice.verbose();
    }

    /** What failed and, where the words do not say it yet, what began it. */
    private static String failure(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = words(fault);
        String why = words(root);
        return text.contains(why) ? text : text + ": " + why;
    }

    private static String words(Throwable fault) {
        String message = fault.getMessage();
        String text = message == null || message.isBlank() ? fault.toString() : message;
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
