package io.laminar.flink.cluster;

import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.exceptions.RpcLoaderException;

/**
 * Finds Flink's RPC system on the class path. Flink's own loader unpacks it into a temporary file at every start, which
 * Laminar's distribution does once, when it is built.
 */
public final class ClassPathRpcSystem implements RpcSystemLoader {

    @Override
    public int getLoadPriority() {
        return -1;
    }

    @Override
    public RpcSystem loadRpcSystem(Configuration configuration) {
        return ServiceLoader.load(RpcSystem.class, ClassPathRpcSystem.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new RpcLoaderException("the class path has no RPC system"));
    }
}
