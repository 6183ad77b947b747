package io.sluice.planted.state.optim;

abstract class Logs {
    abstract java.util.logging.Logger logger();
}
