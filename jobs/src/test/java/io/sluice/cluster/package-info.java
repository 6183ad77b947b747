/**
 * The job jar where it will run: a Flink cluster and a broker in processes of their own.
 *
 * <p>Run by hand, {@code mvn -B -Pcluster verify}; processes are killed, so it takes a minute or
 * two.
 */
package io.sluice.cluster;
