package io.sluice.planted.state.kernel;

abstract class UsesLibrary {
    abstract org.slf4j.Logger logger();
}
