package io.laminar.plan.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.AsyncCalls;
import io.laminar.spi.function.UserCode;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserFunctionPassesTest {

    private static FunctionCall call(Kind kind, Expression argument) {
        UserFunction function = new UserFunction(
                "f",
                kind,
                List.of(new UserFunction.Parameter("x", Scalar.BIGINT)),
                Scalar.BIGINT,
                AsyncCalls.DEFAULT,
                new UserCode(UUID.randomUUID(), "F", "text", Map.of()),
                false);
        return new FunctionCall("f", function.signature(), List.of(argument), Scalar.BIGINT, true, function);
    }

    private static SourceNode source(BadDataPolicy policy) {
        SourceNode events = Plans.events();
        TableDescriptor table = events.table();
        TableDescriptor other = new TableDescriptor(
                table.name(),
                table.connector(),
                table.schema(),
                table.metadata(),
                table.primaryKey(),
                table.partitionedBy(),
                table.options(),
                table.format(),
                policy);
        return new SourceNode(other, events.watermark(), true, ChangelogMode.APPEND);
    }

    @Test
    void innerCallsComeFirstAndTheConditionBeforeThem() {
        Expression id = Plans.input(Plans.EVENTS, "id");
        Expression nested = call(Kind.ASYNC, Plans.plus(call(Kind.ASYNC, id), 1));
        FilterProjectNode project = Plans.project(Plans.events(), Map.of("x", nested), List.of("x"));
        FilterProjectNode filtered = new FilterProjectNode(
                project.input(), Plans.greater(id, 5), project.projections(), null, project.schema());

        StreamPlan plan = new ExtractAsyncCalls().apply(Plans.into(filtered));

        FilterProjectNode top =
                assertInstanceOf(FilterProjectNode.class, plan.sinks().get(0).input());
        AsyncNode outer = assertInstanceOf(AsyncNode.class, top.input());
        FilterProjectNode argument = assertInstanceOf(FilterProjectNode.class, outer.input());
        AsyncNode inner = assertInstanceOf(AsyncNode.class, argument.input());
        FilterProjectNode first = assertInstanceOf(FilterProjectNode.class, inner.input());
        assertEquals("[$7]", top.projections().toString());
        assertEquals("($5 + 1)", argument.projections().get(6).toString());
        assertEquals(List.of(6), outer.arguments());
        assertEquals(List.of(0), inner.arguments());
        assertEquals("($0 > 5)", String.valueOf(first.condition()));
        assertInstanceOf(SourceNode.class, first.input());
    }

    @Test
    void asynchronousCallsOverChangesAreRefused() {
        PlanNode changes = new InputStub(Plans.EVENTS, ChangelogMode.RETRACT);
        Expression asked = call(Kind.ASYNC, Plans.input(Plans.EVENTS, "id"));
        StreamPlan plan = Plans.into(Plans.project(changes, Map.of("x", asked), List.of("x")));
        LaminarException refusal = assertThrows(LaminarException.class, () -> new ExtractAsyncCalls().apply(plan));
        assertTrue(refusal.reason().contains("may answer differently"), refusal.reason());
    }

    @Test
    void rowsAreSkippedOnlyIfEverySourceSaysSo() {
        assertTrue(skips(source(BadDataPolicy.DROP)));
        assertTrue(skips(source(BadDataPolicy.DEAD_LETTER)));
        assertFalse(skips(source(BadDataPolicy.FAIL)));
        assertFalse(skips(new InputStub(Plans.EVENTS, ChangelogMode.APPEND)));
    }

    private static boolean skips(PlanNode input) {
        Expression computed = call(Kind.SCALAR, Plans.input(Plans.EVENTS, "id"));
        StreamPlan plan =
                new SkipFailingRows().apply(Plans.into(Plans.project(input, Map.of("x", computed), List.of("x"))));
        FilterProjectNode project = (FilterProjectNode) plan.sinks().get(0).input();
        return ((FunctionCall) project.projections().get(0)).user().skipsRows();
    }
}
