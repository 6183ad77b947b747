package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.replay.GeneratedData;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void explainsItsOptions() {
        assertThat(execute("--help")).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString())
                .contains("95 % confidence intervals")
                .contains("--arm=NAME[:KEY=VALUE,...]")
                .contains("--budget-key=KEY")
                .contains("--reference=NAME");
    }

    @Test
    void printsFiguresAndDifferences() {
        GeneratedData.interactions(folder, 1500, 5);

        int code = execute("--data", folder.toString(), "--arm", "wide:model.dimensions=32");

        assertThat(code).as(err.toString()).isEqualTo(SluiceCommand.DONE);
        assertThat(out.toString()).contains("wide - default").contains("examples/s");
        assertThat(err.toString()).contains("compare: arm wide, seed 1 (2 of 2)");
    }

    @Test
    void takesOneKindOfSeedsOnly() {
        assertThat(execute("--data", folder.toString(), "--seed", "1", "--seeds", "1,2"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--seed and --seeds exclude each other");

        assertThat(execute("--data", folder.toString(), "--seeds", "2,2"))
                .isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString()).contains("--seeds must be different, found [2, 2]");
    }

    @Test
    void namesTheArmWhoseSettingIsWrong() {
        GeneratedData.interactions(folder, 50, 5);

        int code = execute("--data", folder.toString(), "--arm", "a:model.dimension=3");

        assertThat(code).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains("--arm a: model.dimension must be a known key")
                .contains("did you mean 'dimensions'?");
    }

    @Test
    void saysSoWhenBudgetsHaveNoSetting() {
        GeneratedData.interactions(folder, 50, 5);

        int code =
                execute(
                        "--data",
                        folder.toString(),
                        "--budgets",
                        "1MiB,4MiB",
                        "--budget-key",
                        "model.nothing");

        assertThat(code).isEqualTo(SluiceCommand.WRONG_USAGE);
        assertThat(err.toString())
                .contains("the configuration has 1 fault")
                .contains("--budget-key: model.nothing must be a known key");
    }

    private int execute(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "compare";
        System.arraycopy(options, 0, args, 1, options.length);
        return SluiceCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
