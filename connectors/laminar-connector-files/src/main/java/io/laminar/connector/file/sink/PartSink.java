package io.laminar.connector.file.sink;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.writer.FileWriter;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** How part files are written and given their names. */
sealed interface PartSink extends Serializable permits GrowingFiles, FlinkFiles {

    FileWriter<PartBatch> createWriter(WriterInitContext context) throws IOException;

    FileWriter<PartBatch> restoreWriter(WriterInitContext context, Collection<FileWriterBucketState> states)
            throws IOException;

    Committer<FileSinkCommittable> createCommitter() throws IOException;

    SimpleVersionedSerializer<FileWriterBucketState> states();

    SimpleVersionedSerializer<FileSinkCommittable> committables();
}
