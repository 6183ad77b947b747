package io.sluice.jobs.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code sluice --version} prints. */
public final class SluiceVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Revision revision = Revision.current();
        return new String[] {
            "sluice " + revision.version() + " (revision " + revision.describe() + ")"
        };
    }
}
