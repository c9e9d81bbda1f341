package io.laminar.connector.console;

import io.laminar.spi.batch.Batch;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Takes the batches of one subtask; nothing is kept between batches. */
interface BatchWriter {

    void write(Batch batch);

    default void close() {}

    /** Makes the writer of a subtask. */
    interface Factory extends Serializable {
        BatchWriter create(int subtask);
    }

    /** A Flink sink over such writers. */
    static Sink<Batch> sink(Factory factory) {
        return new WriterSink(factory);
    }

    /** The sink; a class of its own because sinks travel to workers. */
    record WriterSink(Factory factory) implements Sink<Batch> {
        @Override
        public SinkWriter<Batch> createWriter(WriterInitContext context) {
            BatchWriter writer = factory.create(context.getTaskInfo().getIndexOfThisSubtask());
            return new SinkWriter<>() {
                @Override
                public void write(Batch batch, Context position) {
                    writer.write(batch);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {
                    writer.close();
                }
            };
        }
    }
}
