package io.sluice.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Free ports, and waiting for one to answer. */
final class Ports {

    private Ports() {}

    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void awaitOpen(int port, Duration limit, OsProcess owner) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isOpen(port)) {
            owner.requireAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("port " + port + " is not open after " + limit);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
