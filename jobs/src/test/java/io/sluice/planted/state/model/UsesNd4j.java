package io.sluice.planted.state.model;

abstract class UsesNd4j {
    abstract org.nd4j.StandIn nd4j();
}
