package dev.threadsmigration.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of a test's own, that may crash and come back with its data. */
final class StoppableServer implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;
    private int databases;
    private boolean down;

    StoppableServer() {
        try {
            data = Files.createTempDirectory("postgres-");
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Database createDatabase() {
        if (down) {
            comeBack();
        }
        String name = "test_" + ++databases;
        database("postgres").execute("CREATE DATABASE " + name);
        return database(name);
    }

    private Database database(String name) {
        return new Database("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
    }

    /** As `pg_ctl stop -m immediate` does it: no goodbye to anybody, recovery at the next start. */
    void crash() {
        down = true;
        try {
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                                    .get(0)
                                    .strip()))
                    .orElseThrow();
            new ProcessBuilder("kill", "-QUIT", String.valueOf(postmaster.pid()))
                    .start()
                    .waitFor();
            postmaster.onExit().orTimeout(20, TimeUnit.SECONDS).join();
            // What is left of it is our lock on its folder.
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void comeBack() {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(server.getPort())
                    .start();
            down = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
