package io.sluice.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.state.codec.PagePayloads;
import io.sluice.state.feature.FeatureSchema;
import io.sluice.state.feature.FeatureSpec;
import io.sluice.state.feature.Kind;
import io.sluice.state.feature.Source;
import io.sluice.state.model.Manifest;
import io.sluice.state.model.Page;
import io.sluice.state.model.PageKind;
import io.sluice.state.model.PageVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSummaryTest {
    private static final FeatureSchema SCHEMA =
            new FeatureSchema(
                    List.of(
                            FeatureSpec.of("user", Source.USER, "", Kind.ID),
                            FeatureSpec.of("item", Source.ITEM, "", Kind.ID)));

    private final ModelSummary summary = new ModelSummary();
    private final StringWriter out = new StringWriter();

    @Test
    void showsTheNewestPublication() throws IOException {
        publish(1, 100, 10_000);
        publish(2, 250, 20_000);

        summary.show(new PrintWriter(out), 21_500);

        assertThat(out.toString().lines())
                .containsExactly(
                        "version      2.250",
                        "examples     250",
                        "event time   1970-01-01T00:00:19Z",
                        "published    1970-01-01T00:00:20Z, 1.5 s ago",
                        "rows         7 of 16 dimensions",
                        "model bytes  4096",
                        "features     user item, " + Long.toHexString(SCHEMA.fingerprint()),
                        "topic        6 pages, 0 of them removals, 60 bytes");
    }

    @Test
    void tellsAPublicationUnderWayFromAFinishedOne() throws IOException {
        publish(1, 100, 10_000);
        summary.visit(new Page(PageKind.ROW, 5, new PageVersion(0, 0), null), 9);

        summary.show(new PrintWriter(out), 10_000);

        assertThat(out.toString())
                .contains("version      1.100")
                .contains("4 pages, 1 of them removals")
                .contains("unfinished   1 pages");
    }

    @Test
    void saysThatNothingIsPublished() {
        summary.show(new PrintWriter(out), 0);

        assertThat(out.toString()).contains("no publication yet").contains("0 pages");
    }

    @Test
    void listsPublicationsTheNewestLast() throws IOException {
        publish(1, 100, 10_000);
        publish(2, 250, 20_000);

        summary.list(new PrintWriter(out, true));

        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString().lines().toList().get(1)).startsWith("1.100 ");
        assertThat(out.toString().lines().toList().get(2)).startsWith("2.250 ");
    }

    private void publish(int epoch, long examples, long publishedAt) throws IOException {
        PageVersion version = new PageVersion(epoch, examples);
        Manifest manifest =
                new Manifest(
                        version,
                        1,
                        publishedAt - 1000,
                        examples,
                        16,
                        SCHEMA.fingerprint(),
                        publishedAt,
                        7,
                        4096,
                        "");
        summary.visit(new Page(PageKind.SCHEMA, 0, version, PagePayloads.schema(SCHEMA)), 10);
        summary.visit(new Page(PageKind.ROW, 5, version, new byte[0]), 10);
        summary.visit(new Page(PageKind.MANIFEST, 0, version, PagePayloads.manifest(manifest)), 10);
    }
}
