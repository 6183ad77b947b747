package io.sluice.planted.state.sparse;

import io.sluice.planted.state.learner.LawfulLearner;

abstract class UsesLearner {
    abstract LawfulLearner learner();
}
