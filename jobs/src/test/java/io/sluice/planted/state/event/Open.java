package io.sluice.planted.state.event;

interface Open {}
