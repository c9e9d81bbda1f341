package io.laminar.testing.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** What the broker's JVM runs: formats the folder of the log on first use, then starts the broker. */
final class KafkaProcess {

    private KafkaProcess() {}

    /**
     * @param args the configuration file, the folder of the log, and users with SCRAM passwords as the format tool takes
     *     them
     */
    public static void main(String[] args) {
        if (!Files.exists(Path.of(args[1], "meta.properties"))) {
            List<String> format = new ArrayList<>(
                    List.of("format", "--standalone", "-t", Uuid.randomUuid().toString(), "-c", args[0]));
            for (String user : Arrays.asList(args).subList(2, args.length)) {
                format.add("--add-scram");
                format.add(user);
            }
            int failed = StorageTool.execute(format.toArray(new String[0]), System.out);
            if (failed != 0) {
                System.exit(failed);
            }
        }
        Kafka.main(new String[] {args[0]});
    }
}
