package io.laminar.execution.async;

import io.laminar.execution.user.JavaFunctionCompiler;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.InputStub;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.function.UserFunction.Parameter;
import io.laminar.spi.function.UserFunctionText;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** Calls of a function over numbers that the test answers, found by the function as an object of the JDK. */
final class SlowFunction implements AutoCloseable {
    static final Schema SCHEMA = Schema.of(new Field("x", Scalar.BIGINT, true));

    private static final String MANUAL = """
            public static java.util.concurrent.CompletableFuture<Long> eval(Long x) throws Exception {
              @SuppressWarnings("unchecked")
              var calls = (java.util.concurrent.BlockingQueue<Object[]>) System.getProperties().get("%s");
              var answer = new java.util.concurrent.CompletableFuture<Long>();
              calls.put(new Object[] {x, answer});
              return answer;
            }
            """;

    private final String key = "laminar.test." + UUID.randomUUID();
    private final BlockingQueue<Object[]> calls = new ArrayBlockingQueue<>(10_000);

    SlowFunction() {
        System.getProperties().put(key, calls);
    }

    /** One call. */
    record Call(long argument, CompletableFuture<Long> answer) {
        void respond() {
            answer.complete(10 * argument);
        }
    }

    int waiting() {
        return calls.size();
    }

    /** Waits for the next call. */
    @SuppressWarnings("unchecked")
    Call next() throws InterruptedException {
        Object[] call = calls.take();
        return new Call((Long) call[0], (CompletableFuture<Long>) call[1]);
    }

    /** A node that calls this. */
    AsyncNode node(AsyncCalls settings) {
        return node(settings, MANUAL.formatted(key));
    }

    /** A node that calls a function with some text. */
    static AsyncNode node(AsyncCalls settings, String source) {
        UserFunction function = new JavaFunctionCompiler()
                .compile(new UserFunctionText(
                        UUID.randomUUID(),
                        "slow",
                        Kind.ASYNC,
                        List.of(new Parameter("x", Scalar.BIGINT)),
                        Scalar.BIGINT,
                        settings,
                        source,
                        1,
                        1));
        return new AsyncNode(new InputStub(SCHEMA, ChangelogMode.APPEND), function, List.of(0));
    }

    @Override
    public void close() {
        System.getProperties().remove(key);
    }
}
