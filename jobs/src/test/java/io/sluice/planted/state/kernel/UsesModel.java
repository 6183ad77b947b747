package io.sluice.planted.state.kernel;

import io.sluice.planted.state.model.LawfulModel;

abstract class UsesModel {
    abstract LawfulModel model();
}
