package io.laminar.connector.file.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.FileSinkCommittableSerializer;
import org.apache.flink.connector.file.sink.committer.FileCommitter;
import org.apache.flink.connector.file.sink.writer.DefaultFileWriterBucketFactory;
import org.apache.flink.connector.file.sink.writer.FileWriter;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketStateSerializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;
import org.apache.flink.streaming.api.functions.sink.filesystem.RowWiseBucketWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.WriterProperties;

/**
 * Flink's file sink over {@link PartFiles}, put together by hand: its builder takes Flink's own files of this machine.
 *
 * @param interval milliseconds between looks for files that are old enough
 */
record GrowingFiles(
        Path root,
        PartEncoder encoder,
        BucketAssigner<PartBatch, String> folders,
        RollingPolicy<PartBatch, String> rolling,
        OutputFileConfig names,
        long interval)
        implements PartSink {

    private BucketWriter<PartBatch, String> parts() {
        return new RowWiseBucketWriter<>(new PartFiles(), encoder);
    }

    @Override
    public FileWriter<PartBatch> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public FileWriter<PartBatch> restoreWriter(WriterInitContext context, Collection<FileWriterBucketState> states)
            throws IOException {
        FileWriter<PartBatch> writer = new FileWriter<>(
                root,
                context.metricGroup(),
                folders,
                new DefaultFileWriterBucketFactory<>(),
                parts(),
                rolling,
                names,
                context.getProcessingTimeService(),
                interval);
        writer.initializeState(states);
        return writer;
    }

    @Override
    public Committer<FileSinkCommittable> createCommitter() {
        return new FileCommitter(parts());
    }

    @Override
    public SimpleVersionedSerializer<FileWriterBucketState> states() {
        WriterProperties properties = parts().getProperties();
        return new FileWriterBucketStateSerializer(
                properties.getInProgressFileRecoverableSerializer(), properties.getPendingFileRecoverableSerializer());
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> committables() {
        WriterProperties properties = parts().getProperties();
        return new FileSinkCommittableSerializer(
                properties.getPendingFileRecoverableSerializer(), properties.getInProgressFileRecoverableSerializer());
    }
}
