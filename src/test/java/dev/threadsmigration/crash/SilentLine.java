package dev.threadsmigration.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a server on which nothing arrives any more in either direction, while both ends think that it is there. */
final class SilentLine implements AutoCloseable {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final URI server;
    private final ServerSocket door;
    private volatile int silences;

    /** @param url the JDBC URL of a database of the server */
    SilentLine(String url) throws IOException {
        this.server = URI.create(url.substring("jdbc:".length()));
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::serve);
    }

    /** The same database at the end of this line. */
    String url() {
        return "jdbc:postgresql://localhost:" + door.getLocalPort() + server.getPath();
    }

    /** All connections that there are; new ones are carried as before. */
    void fallSilent() {
        silences++;
    }

    private void serve() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket backend = new Socket(server.getHost(), server.getPort());
            sockets.add(client);
            sockets.add(backend);
            int begun = silences;
            inBackground(() -> carry(client, backend, begun));
            inBackground(() -> carry(backend, client, begun));
        }
    }

    private void carry(Socket from, Socket to, int begun) throws IOException {
        byte[] bytes = new byte[1 << 16];
        int count = from.getInputStream().read(bytes);
        while (count >= 0) {
            if (silences == begun) {
                to.getOutputStream().write(bytes, 0, count);
            }
            count = from.getInputStream().read(bytes);
        }
        if (silences == begun) {
            to.shutdownOutput();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
