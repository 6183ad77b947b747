package io.sluice.planted.jobs.cli;

/** A command line that starts and prints. */
public abstract class LawfulCommand {
    abstract picocli.CommandLine picocli();

    /** A front door. */
    public static void main(String[] args) {
        System.out.println(args.length);
    }
}
