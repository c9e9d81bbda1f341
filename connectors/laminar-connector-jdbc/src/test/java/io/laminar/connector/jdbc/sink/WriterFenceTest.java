package io.laminar.connector.jdbc.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.jdbc.Servers;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriterFenceTest {
    private final List<Connection> opened = new ArrayList<>();

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(Servers.postgres());
        opened.add(connection);
        return connection;
    }

    private static WriterFence fence(String job, int subtask, int subtasks) {
        return new WriterFence(job, "totals", subtask, subtasks);
    }

    private static void write(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private static void assertCut(Connection connection) {
        SQLException cut = assertThrows(SQLException.class, () -> write(connection));
        assertTrue(List.of("57P01", "08006").contains(cut.getSQLState()), cut::toString);
    }

    @Test
    void aWriterThatWasGivenUpWritesNoMore() throws SQLException {
        WriterFence former = fence("a", 0, 2);
        Connection old = connect();
        former.enter(old);
        Connection neighbour = connect();
        fence("a", 1, 2).enter(neighbour);
        Connection otherJob = connect();
        fence("b", 0, 2).enter(otherJob);

        WriterFence successor = fence("a", 0, 2);
        Connection present = connect();
        successor.enter(present);
        assertCut(old);
        write(neighbour);
        write(otherJob);
        // It wakes up, finds its connection closed and makes a new one.
        LaminarException refused = assertThrows(LaminarException.class, () -> former.enter(connect()));
        assertEquals(ErrorCode.OUTPUT_FAILED, refused.code());
        write(present);
        // The successor's own next connection.
        Connection next = connect();
        successor.enter(next);
        write(next);
    }

    @Test
    void fewerSubtasksReplaceAllOfThem() throws SQLException {
        List<WriterFence> fences = new ArrayList<>();
        List<Connection> former = new ArrayList<>();
        for (int subtask = 0; subtask < 4; subtask++) {
            WriterFence fence = fence("c", subtask, 4);
            Connection connection = connect();
            fence.enter(connection);
            fences.add(fence);
            former.add(connection);
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            fence("c", subtask, 2).enter(connect());
        }
        for (Connection connection : former) {
            assertCut(connection);
        }
        for (WriterFence fence : fences) {
            assertThrows(LaminarException.class, () -> fence.enter(connect()));
        }
    }
}
