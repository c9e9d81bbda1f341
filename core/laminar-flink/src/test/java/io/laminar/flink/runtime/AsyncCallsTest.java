package io.laminar.flink.runtime;

import static io.laminar.flink.runtime.JobPlans.plan;
import static io.laminar.flink.runtime.JobPlans.source;
import static io.laminar.flink.runtime.JobPlans.values;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.execution.async.AsyncOperator;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.user.JavaFunctionCompiler;
import io.laminar.flink.testing.Script;
import io.laminar.flink.translate.JobSettings;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.function.UserFunction.Parameter;
import io.laminar.spi.function.UserFunctionText;
import io.laminar.spi.type.DataType.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Answers that come from other threads, in a job. */
@Timeout(120)
class AsyncCallsTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private static final String TEN_TIMES = """
            public static java.util.concurrent.CompletableFuture<Long> eval(long x) {
              return java.util.concurrent.CompletableFuture.supplyAsync(() -> 10 * x,
                  java.util.concurrent.CompletableFuture.delayedExecutor(5, java.util.concurrent.TimeUnit.MILLISECONDS));
            }
            """;

    private static Operator operator(PlanNode node) {
        return new AsyncOperator((AsyncNode) node);
    }

    private static JobRequest request(TestInfo info, int parallelism, Duration checkpoints) {
        UserFunction function = new JavaFunctionCompiler()
                .compile(new UserFunctionText(
                        UUID.randomUUID(),
                        "ten_times",
                        Kind.ASYNC,
                        List.of(new Parameter("x", Scalar.BIGINT)),
                        Scalar.BIGINT,
                        AsyncCalls.DEFAULT,
                        TEN_TIMES,
                        1,
                        1));
        return new JobRequest(
                "test",
                plan(new AsyncNode(source(info), function, List.of(1)), info),
                new JobSettings(parallelism, JobSettings.DEFAULT_MAX_PARALLELISM, true, 1),
                AsyncCallsTest::operator,
                checkpoints,
                null,
                null,
                false,
                1);
    }

    /** No further row and no barrier comes that would take the answers along. */
    @Test
    void anAnswerWakesTheTask(TestInfo info) throws Exception {
        Script script = new Script(300, 2, -1).register(info.getDisplayName());
        var reached = script.readTo(100);
        try (JobRuntime runtime = JobRuntime.start(2)) {
            RunningJob job = runtime.submit(request(info, 2, NEVER));
            reached.get();
            while (job.progress().rowsOut() < 200) {
                Thread.onSpinWait();
            }
            var unused = script.readTo(300);
            assertEquals(RunningJob.End.FINISHED, job.await());
        }
        assertEquals(
                LongStream.range(0, 600).map(n -> n / 2 * 10).boxed().toList(),
                values(script.written(), 3).stream().sorted().toList());
    }

    @Test
    void nothingIsLostOrCalledTwiceInTheResult(TestInfo info) throws Exception {
        Script script = new Script(2000, 1, 1000).register(info.getDisplayName());
        try (JobRuntime runtime = JobRuntime.start(1)) {
            RunningJob job = runtime.submit(request(info, 1, Duration.ofMillis(20)));
            assertEquals(RunningJob.End.FINISHED, job.await());
        }
        assertEquals(
                LongStream.range(0, 2000).map(n -> 10 * n).boxed().toList(), values(script.written(), 3), "in order");
    }
}
