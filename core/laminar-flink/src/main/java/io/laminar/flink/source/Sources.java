package io.laminar.flink.source;

import io.laminar.connector.Connectors;
import io.laminar.connector.JobContext;
import io.laminar.connector.SourceConnector;
import io.laminar.flink.batch.BatchTypeInformation;
import io.laminar.flink.operator.OperatorSource;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.TableDescriptor;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Puts a connector's source with its event time and watermarks into a job. */
public final class Sources {

    private Sources() {}

    /**
     * The rows of a source node; those it could not decode are in the lane DEAD_LETTER.
     *
     * @param proof what the processes of the job have to see before they start
     */
    public static SingleOutputStreamOperator<Batch> add(
            StreamExecutionEnvironment environment,
            SourceNode node,
            OperatorSource operators,
            JobContext job,
            @Nullable StorageProof proof) {
        TableDescriptor table = node.table();
        if (!(Connectors.named(table.connector()) instanceof SourceConnector connector)) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SOURCE, "tables of connector '" + table.connector() + "' cannot be read");
        }
        WatermarkStrategy<Batch> watermarks = connector.ownWatermarks(table)
                ? WatermarkStrategy.noWatermarks()
                : BatchWatermarks.strategy(node, operators);
        return environment.fromSource(
                timed(connector.source(table, job), node, operators, proof),
                watermarks,
                table.name(),
                BatchTypeInformation.INSTANCE);
    }

    private static <SplitT extends org.apache.flink.api.connector.source.SourceSplit, EnumT>
            TimedSource<SplitT, EnumT> timed(
                    Source<Batch, SplitT, EnumT> source,
                    SourceNode node,
                    OperatorSource operators,
                    @Nullable StorageProof proof) {
        return new TimedSource<>(source, node, operators, proof);
    }
}
