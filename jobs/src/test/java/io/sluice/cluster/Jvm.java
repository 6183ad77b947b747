package io.sluice.cluster;

import java.nio.file.Path;

/** The java that runs these tests runs the processes too. */
final class Jvm {

    static final String EXECUTABLE =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Jvm() {}
}
