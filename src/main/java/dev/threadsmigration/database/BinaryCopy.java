package dev.threadsmigration.database;

import dev.threadsmigration.model.Metadata;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Writes rows in PostgreSQL's binary COPY format ("Binary Format" on the manual's page of COPY): a signature, then for each
 * row the count of its fields and for each field its length and bytes, then a trailer.
 */
final class BinaryCopy {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    /** PostgreSQL counts time from 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    /** Small enough that the server works on the first rows while the next are written, and for any heap. */
    private static final int BUFFER_BYTES = 1 << 16;

    private final Sink sink;
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private int length;

    private BinaryCopy(Sink sink) {
        this.sink = sink;
    }

    /** Takes the bytes, a part at a time. */
    interface Sink {
        void accept(byte[] bytes, int length) throws SQLException;
    }

    static void write(List<BulkColumn> columns, BulkRows rows, Sink sink) throws SQLException {
        BinaryCopy copy = new BinaryCopy(sink);
        copy.putBytes(HEADER);
        Encoder[] encoders = columns.stream().map(BinaryCopy::encoder).toArray(Encoder[]::new);
        for (int row = 0; row < rows.size(); row++) {
            copy.putShort(encoders.length);
            for (int column = 0; column < encoders.length; column++) {
                Object value = rows.value(row, column);
                if (value == null) {
                    copy.putInt(-1);
                } else {
                    encoders[column].put(copy, value);
                }
            }
        }
        copy.putShort(-1);
        copy.flush();
    }

    private interface Encoder {
        void put(BinaryCopy copy, Object value) throws SQLException;
    }

    private static Encoder encoder(BulkColumn column) {
        return switch (column.typeName()) {
            case "uuid" -> (copy, value) -> copy.putUuid((UUID) value);
            case "jsonb" -> (copy, value) -> copy.putText(text(value), true);
            case "timestamp", "timestamptz" -> (copy, value) -> copy.putInstant((Instant) value);
            case "bool" ->
                (copy, value) -> {
                    copy.putInt(1);
                    copy.putByte((Boolean) value ? 1 : 0);
                };
            case "int2", "smallserial" ->
                (copy, value) -> {
                    copy.putInt(2);
                    copy.putShort(((Number) value).intValue());
                };
            case "int4", "serial" ->
                (copy, value) -> {
                    copy.putInt(4);
                    copy.putInt(((Number) value).intValue());
                };
            case "int8", "bigserial" ->
                (copy, value) -> {
                    copy.putInt(8);
                    copy.putLong(((Number) value).longValue());
                };
            case "text", "varchar", "bpchar", "json", "citext" -> (copy, value) -> copy.putText(text(value), false);
            default ->
                throw new IllegalArgumentException(
                        "column " + column.name() + " has type " + column.typeName() + ", which cannot be loaded");
        };
    }

    private static String text(Object value) {
        return value instanceof Metadata metadata ? metadata.json() : value.toString();
    }

    private void putUuid(UUID uuid) throws SQLException {
        putInt(16);
        putLong(uuid.getMostSignificantBits());
        putLong(uuid.getLeastSignificantBits());
    }

    private void putInstant(Instant instant) throws SQLException {
        putInt(8);
        putLong(Math.addExact(
                Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECONDS, 1_000_000L), instant.getNano() / 1000));
    }

    private void putText(String text, boolean jsonb) throws SQLException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length + (jsonb ? 1 : 0));
        if (jsonb) {
            putByte(1);
        }
        putBytes(utf8);
    }

    private void putBytes(byte[] source) throws SQLException {
        reserve(source.length);
        if (source.length > bytes.length) {
            sink.accept(source, source.length);
            return;
        }
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    private void putByte(int value) throws SQLException {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private void putShort(int value) throws SQLException {
        reserve(2);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putInt(int value) throws SQLException {
        reserve(4);
        bytes[length++] = (byte) (value >> 24);
        bytes[length++] = (byte) (value >> 16);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) throws SQLException {
        putInt((int) (value >> 32));
        putInt((int) value);
    }

    private void reserve(int count) throws SQLException {
        if (bytes.length - length < count) {
            flush();
        }
    }

    private void flush() throws SQLException {
        sink.accept(bytes, length);
        length = 0;
    }
}
