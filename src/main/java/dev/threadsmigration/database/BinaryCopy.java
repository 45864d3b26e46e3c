package dev.threadsmigration.database;

import dev.threadsmigration.model.Metadata;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

    /**
     * Room for all rows of a usual chunk, which so are made in one go and taken in one go: where the client and the server
     * share their cores, turns of a few rows each cost both of them their caches.
     */
    private static final int MOST_BYTES = 1 << 21;

    private static final int BYTES_A_ROW = 512;
    private static final int FEWEST_BYTES = 1 << 10;

    private final Sink sink;
    private final ByteBuffer buffer;

    private BinaryCopy(Sink sink, int rows) {
        this.sink = sink;
        this.buffer =
                ByteBuffer.allocate((int) Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, (long) rows * BYTES_A_ROW)));
    }

    /** Takes the bytes, a part at a time. */
    interface Sink {
        void accept(byte[] bytes, int length) throws SQLException;
    }

    /** @param columns what they begin with is encoded once as far as it is constant */
    static void write(List<BulkColumn> columns, BulkRows rows, Sink sink) throws SQLException {
        int constants = (int)
                columns.stream().takeWhile(column -> column.constant() != null).count();
        byte[] start = startOfRow(columns, constants);
        Encoder[] encoders = columns.stream().map(BinaryCopy::encoder).toArray(Encoder[]::new);
        BinaryCopy copy = new BinaryCopy(sink, rows.size());
        copy.putBytes(HEADER);
        for (int row = 0; row < rows.size(); row++) {
            copy.putBytes(start);
            for (int column = constants; column < encoders.length; column++) {
                Object value = columns.get(column).value(rows, row, column);
                if (value == null) {
                    copy.putLength(-1);
                } else {
                    encoders[column].put(copy, value);
                }
            }
        }
        copy.reserve(Short.BYTES).putShort((short) -1);
        copy.flush();
    }

    /** What all rows begin with: how many columns there are, and the first, constant ones. */
    private static byte[] startOfRow(List<BulkColumn> columns, int constants) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryCopy start = new BinaryCopy((part, length) -> bytes.write(part, 0, length), 1);
        start.reserve(Short.BYTES).putShort((short) columns.size());
        for (BulkColumn column : columns.subList(0, constants)) {
            encoder(column).put(start, Objects.requireNonNull(column.constant()));
        }
        start.flush();
        return bytes.toByteArray();
    }

    private interface Encoder {
        void put(BinaryCopy copy, Object value) throws SQLException;
    }

    private static Encoder encoder(BulkColumn column) {
        return switch (column.typeName()) {
            case "uuid" -> (copy, value) -> copy.putUuid((UUID) value);
            case "jsonb" -> (copy, value) -> copy.putText(text(value), true);
            case "timestamp", "timestamptz" -> (copy, value) -> copy.putInstant((Instant) value);
            case "bool" -> (copy, value) -> copy.putLength(1).put((byte) ((Boolean) value ? 1 : 0));
            case "int2", "smallserial" ->
                (copy, value) -> copy.putLength(Short.BYTES).putShort(((Number) value).shortValue());
            case "int4", "serial" ->
                (copy, value) -> copy.putLength(Integer.BYTES).putInt(((Number) value).intValue());
            case "int8", "bigserial" ->
                (copy, value) -> copy.putLength(Long.BYTES).putLong(((Number) value).longValue());
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
        putLength(2 * Long.BYTES).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    private void putInstant(Instant instant) throws SQLException {
        putLength(Long.BYTES)
                .putLong(Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECONDS, 1_000_000L),
                        instant.getNano() / 1000));
    }

    private void putText(String text, boolean jsonb) throws SQLException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (jsonb) {
            putLength(1 + utf8.length).put((byte) 1);
        } else {
            putLength(utf8.length);
        }
        putBytes(utf8);
    }

    /** The length of a field; after it there is room for any value but a text's. */
    private ByteBuffer putLength(int length) throws SQLException {
        return reserve(Integer.BYTES + 2 * Long.BYTES).putInt(length);
    }

    private void putBytes(byte[] bytes) throws SQLException {
        if (bytes.length > buffer.capacity()) {
            flush();
            sink.accept(bytes, bytes.length);
        } else {
            reserve(bytes.length).put(bytes);
        }
    }

    private ByteBuffer reserve(int count) throws SQLException {
        if (buffer.remaining() < count) {
            flush();
        }
        return buffer;
    }

    private void flush() throws SQLException {
        sink.accept(buffer.array(), buffer.position());
        buffer.clear();
    }
}
