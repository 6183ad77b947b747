package io.sluice.planted.state.event;

record LawfulRecord(String user) implements LawfulEvent {}
