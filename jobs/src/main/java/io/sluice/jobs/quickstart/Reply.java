package io.sluice.jobs.quickstart;

import java.util.List;

/**
 * What a client needs of an answer to {@code POST /rank}.
 *
 * @param items ids of the candidates, best first
 * @param version of the model; empty while there is none
 * @param eventTime event time that the model reflects, epoch milliseconds
 * @param degraded why the answer is less than usual; empty when it is not
 */
record Reply(List<String> items, String version, long eventTime, String degraded) {

    Reply {
        items = List.copyOf(items);
    }
}
