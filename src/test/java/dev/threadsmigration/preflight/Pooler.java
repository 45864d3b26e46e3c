package dev.threadsmigration.preflight;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Stands before a PostgreSQL server as PgBouncer does: the options of a client's first message are refused, or, where it was
 * told to ignore them, left out.
 */
final class Pooler implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final String OPTIONS = "options";

    private final ServerSocket door;
    private final URI server;
    private final boolean refuses;

    /** @param url the JDBC URL of a database of the server */
    Pooler(String url, boolean refuses) throws IOException {
        this.server = URI.create(url.substring("jdbc:".length()));
        this.refuses = refuses;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::serve);
    }

    /** The same database behind the pooler. */
    String url() {
        return "jdbc:postgresql://localhost:" + door.getLocalPort() + server.getPath();
    }

    private void serve() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            inBackground(() -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        byte[] body = message(in);
        while (asksForEncryption(body)) {
            out.write('N');
            body = message(in);
        }
        if (refuses) {
            refuse(out);
            client.close();
            return;
        }
        try (Socket backend = new Socket(server.getHost(), server.getPort())) {
            byte[] rest = withoutOptions(body);
            DataOutputStream toServer = new DataOutputStream(backend.getOutputStream());
            toServer.writeInt(rest.length + Integer.BYTES);
            toServer.write(rest);
            inBackground(() -> {
                in.transferTo(toServer);
                backend.shutdownOutput();
            });
            backend.getInputStream().transferTo(out);
        } finally {
            client.close();
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt() - Integer.BYTES);
    }

    private static boolean asksForEncryption(byte[] body) {
        int code = ByteBuffer.wrap(body).getInt();
        return code == SSL_REQUEST || code == GSS_REQUEST;
    }

    /** The version and pairs of texts, each ended by a zero, as are all of them. */
    private static byte[] withoutOptions(byte[] body) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.write(body, 0, Integer.BYTES);
        String[] texts =
                new String(body, Integer.BYTES, body.length - Integer.BYTES, StandardCharsets.UTF_8).split("\0");
        for (int i = 0; i + 1 < texts.length; i += 2) {
            if (!texts[i].equals(OPTIONS)) {
                kept.write((texts[i] + '\0' + texts[i + 1] + '\0').getBytes(StandardCharsets.UTF_8));
            }
        }
        kept.write(0);
        return kept.toByteArray();
    }

    private static void refuse(DataOutputStream out) throws IOException {
        byte[] fields = ("SFATAL\0C08P01\0Munsupported startup parameter: " + OPTIONS + "\0\0")
                .getBytes(StandardCharsets.UTF_8);
        out.write('E');
        out.writeInt(fields.length + Integer.BYTES);
        out.write(fields);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two has gone.
                    }
                },
                "pooler");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
