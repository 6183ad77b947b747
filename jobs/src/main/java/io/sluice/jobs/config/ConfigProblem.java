package io.sluice.jobs.config;

/**
 * One fault of a configuration.
 *
 * @param field path of the key, for instance {@code serve.port}; the source's name when it can't be
 *     read at all
 * @param found what stands there; never a secret
 * @param expected what would have passed, to be read after "must be"
 * @param remedy what to do, empty when that is obvious
 * @param place where it stands, for instance {@code sluice.yaml:12}; empty when it stands nowhere
 */
public record ConfigProblem(
        String field, String found, String expected, String remedy, String place) {

    @Override
    public String toString() {
        return (place.isEmpty() ? "" : place + ": ")
                + field
                + " must be "
                + expected
                + ", found "
                + found
                + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
