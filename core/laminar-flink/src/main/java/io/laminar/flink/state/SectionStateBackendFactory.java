package io.laminar.flink.state;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.StateBackendFactory;

/** By its name, workers find the state backend of Laminar's jobs. */
public final class SectionStateBackendFactory implements StateBackendFactory<SectionStateBackend> {

    @Override
    public SectionStateBackend createFromConfig(ReadableConfig config, ClassLoader classLoader) {
        return new SectionStateBackend();
    }
}
