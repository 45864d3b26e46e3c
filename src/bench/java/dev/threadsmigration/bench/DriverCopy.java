package dev.threadsmigration.bench;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/** COPY out of the legacy database into COPY into the target, where there is no {@code psql} to do it. */
final class DriverCopy {

    private static final int PIPE_BYTES = 1 << 20;

    private DriverCopy() {}

    /** @param arguments the statement that reads, and the one that writes */
    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection legacy = Environment.legacy().connect();
                Connection target = Environment.target().connect();
                PipedInputStream in = new PipedInputStream(PIPE_BYTES);
                PipedOutputStream out = new PipedOutputStream(in)) {
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(legacy, arguments[0], out));
            target.unwrap(PGConnection.class).getCopyAPI().copyIn(arguments[1], in, PIPE_BYTES);
            reading.join();
        }
    }

    private static void read(Connection legacy, String copy, PipedOutputStream out) {
        try (out) {
            legacy.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, out);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
