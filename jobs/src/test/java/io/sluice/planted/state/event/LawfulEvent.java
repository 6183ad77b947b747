package io.sluice.planted.state.event;

sealed interface LawfulEvent permits LawfulRecord, LawfulKind, LawfulValue {}
