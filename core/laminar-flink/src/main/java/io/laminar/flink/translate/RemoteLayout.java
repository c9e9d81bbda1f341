package io.laminar.flink.translate;

import io.laminar.connector.ClientSink;
import io.laminar.flink.batch.BatchSerializer;
import io.laminar.flink.batch.BatchTypeInformation;
import io.laminar.flink.operator.RowPieces;
import io.laminar.flink.operator.SourceRows;
import io.laminar.flink.source.StorageProof;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.table.TableDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;
import org.apache.flink.streaming.api.operators.collect.CollectStreamSink;
import org.jspecify.annotations.Nullable;

/** What a job that runs in other processes has besides: counts a client can see, rows that go back to the client. */
public final class RemoteLayout {
    /** A message of Flink's RPC may have 10 MB, of which this is a part that leaves room for others. */
    private static final MemorySize FETCH = MemorySize.ofMebiBytes(2);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final @Nullable StorageProof proof;
    private final List<ClientRows> clientRows = new ArrayList<>();

    /**
     * Rows that the client fetches.
     *
     * @param uid of the operator to ask
     * @param accumulator where the last of them are when the job has ended
     */
    public record ClientRows(ClientSink sink, TableDescriptor table, String uid, String accumulator) {}

    /** @param proof what all processes of the job have to see; null if they share nothing */
    public RemoteLayout(@Nullable StorageProof proof) {
        this.proof = proof;
    }

    public List<ClientRows> clientRows() {
        return List.copyOf(clientRows);
    }

    @Nullable
    StorageProof proof() {
        return proof;
    }

    SingleOutputStreamOperator<Batch> counted(SingleOutputStreamOperator<Batch> source, String uid, int parallelism) {
        return source.transform("rows", BatchTypeInformation.INSTANCE, new SourceRows())
                .uid(uid + "-rows")
                .setParallelism(parallelism);
    }

    /** @param rows of one subtask */
    void toClient(
            ClientSink sink,
            TableDescriptor table,
            DataStream<Batch> rows,
            String uid,
            StreamExecutionEnvironment environment) {
        SingleOutputStreamOperator<Batch> pieces = rows.transform(
                        "rows of " + table.name(), BatchTypeInformation.INSTANCE, new RowPieces())
                .uid(uid + "-pieces")
                .setParallelism(1);
        ClientRows fetched = new ClientRows(sink, table, uid, "laminar.rows." + uid);
        CollectSinkOperatorFactory<Batch> factory =
                new CollectSinkOperatorFactory<>(new BatchSerializer(), fetched.accumulator(), FETCH, ANSWER_TIMEOUT);
        CollectStreamSink<Batch> collected = new CollectStreamSink<>(pieces, factory);
        collected.uid(uid).name("to the client: " + table.name()).setParallelism(1);
        environment.addOperator(collected.getTransformation());
        clientRows.add(fetched);
    }
}
