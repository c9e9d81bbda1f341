package io.laminar.connector.file.sink;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.writer.FileWriter;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Flink's file sink: for object stores, and for files that end at every checkpoint anyway. */
record FlinkFiles(FileSink<PartBatch> files) implements PartSink {

    @Override
    public FileWriter<PartBatch> createWriter(WriterInitContext context) throws IOException {
        return files.createWriter(context);
    }

    @Override
    public FileWriter<PartBatch> restoreWriter(WriterInitContext context, Collection<FileWriterBucketState> states)
            throws IOException {
        return files.restoreWriter(context, states);
    }

    @Override
    public Committer<FileSinkCommittable> createCommitter() throws IOException {
        return files.createCommitter(null);
    }

    @Override
    public SimpleVersionedSerializer<FileWriterBucketState> states() {
        return files.getWriterStateSerializer();
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> committables() {
        return files.getCommittableSerializer();
    }
}
