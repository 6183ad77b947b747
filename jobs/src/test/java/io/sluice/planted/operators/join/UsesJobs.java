package io.sluice.planted.operators.join;

abstract class UsesJobs {
    abstract io.sluice.planted.jobs.cli.LawfulCommand jobs();
}
