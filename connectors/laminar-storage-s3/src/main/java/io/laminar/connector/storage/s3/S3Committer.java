package io.laminar.connector.storage.s3;

import java.io.IOException;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;

/** Makes a file appear; at most once, however often it is asked to. */
record S3Committer(Bucket bucket, S3Recoverable state) implements RecoverableFsDataOutputStream.Committer {

    @Override
    public void commit() throws IOException {
        state.upload(bucket).complete();
    }

    @Override
    public void commitAfterRecovery() throws IOException {
        commit();
    }

    @Override
    public CommitRecoverable getRecoverable() {
        return state;
    }
}
