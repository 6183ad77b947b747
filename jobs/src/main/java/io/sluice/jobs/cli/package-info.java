/**
 * The {@code sluice} command: parse, call, exit code. No logic lives here.
 *
 * <p>Subcommands hold no fields of types that the thin job jar leaves out (Jetty, the Kafka
 * broker): picocli looks at every subcommand class on start, also on a cluster that has none of
 * them.
 */
package io.sluice.jobs.cli;
