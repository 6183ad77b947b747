package io.sluice.planted.state.event;

class Extensible {}
