package io.sluice.planted.state.sparse;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

abstract class JavaSerialized {
    abstract ObjectOutputStream write();

    abstract ObjectInputStream read();
}
