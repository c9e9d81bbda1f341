package io.laminar.benchmark;
import io.laminar.benchmark.nexmark.*; import io.laminar.benchmark.flink.*;
public final class FlinkTry { private FlinkTry() {} public static void main(String[] a) throws Exception {
 long n=Long.parseLong(a[0]); FlinkSqlEngine.load(NexmarkEvents.batches(n));
 for (NexmarkQuery q: NexmarkQueries.ALL) if (q.name().matches(a[2])) for (int r=0;r<2;r++) { double s=FlinkSqlEngine.nexmark(q.flink(),Integer.parseInt(a[1])); System.out.printf("%s %.2f s %.2f M/s%n",q.name(),s,n/s/1e6); } System.exit(0);} }
