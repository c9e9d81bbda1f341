package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is in {@code deploy/} are objects of Kubernetes' API, and the chart renders to such. */
class KubernetesFilesIT {
    private static final Path DEPLOY = KubernetesFiles.project().resolve("deploy");

    private static List<String> kinds(List<HasMetadata> objects) {
        return objects.stream().map(HasMetadata::getKind).sorted().toList();
    }

    private static List<HasMetadata> file(String name) throws Exception {
        return KubernetesFiles.read(
                Files.readString(DEPLOY.resolve("kubernetes").resolve(name)));
    }

    /** Selectors find the pods they are meant for. */
    private static void assertSelectorsFit(List<HasMetadata> objects) {
        for (HasMetadata object : objects) {
            if (object instanceof Deployment deployment) {
                assertFits(
                        deployment.getSpec().getSelector().getMatchLabels(),
                        deployment.getSpec().getTemplate());
            } else if (object instanceof StatefulSet set) {
                assertFits(
                        set.getSpec().getSelector().getMatchLabels(),
                        set.getSpec().getTemplate());
            }
        }
    }

    private static void assertFits(Map<String, String> selector, PodTemplateSpec pods) {
        assertTrue(
                pods.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()),
                selector + " does not find " + pods.getMetadata().getLabels());
    }

    @Test
    void manifestsAreObjectsOfTheApi() throws Exception {
        List<HasMetadata> cluster = file("cluster.yaml");
        assertEquals(
                List.of("Deployment", "Deployment", "NetworkPolicy", "PersistentVolumeClaim", "Service"),
                kinds(cluster));
        assertSelectorsFit(cluster);
        assertEquals(List.of("ConfigMap", "Job"), kinds(file("pipeline.yaml")));
        List<HasMetadata> available = file("high-availability.yaml");
        assertEquals(List.of("Service", "StatefulSet"), kinds(available));
        assertSelectorsFit(available);
    }

    @Test
    void theCheckFindsAMisspelledField() throws Exception {
        String wrong =
                Files.readString(DEPLOY.resolve("kubernetes/cluster.yaml")).replace("replicas:", "replica:");
        JsonProcessingException error = assertThrows(JsonProcessingException.class, () -> KubernetesFiles.read(wrong));
        assertTrue(error.getMessage().contains("replica"), error.getMessage());
    }

    @Test
    void theChartIsSound() {
        LintResult result =
                new Helm(DEPLOY.resolve("helm/laminar")).lint().strict().call();
        assertTrue(!result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @Test
    void theChartRendersToObjectsOfTheApi() throws Exception {
        String text = new Helm(DEPLOY.resolve("helm/laminar"))
                .template()
                .withName("demo")
                .call();
        List<HasMetadata> objects = KubernetesFiles.read(text);
        assertEquals(
                List.of("Deployment", "NetworkPolicy", "PersistentVolumeClaim", "Service", "StatefulSet"),
                kinds(objects));
        assertSelectorsFit(objects);
        assertTrue(text.contains("--join=demo-coordinator-0.demo-coordinator:8081\n"), text);
        assertTrue(text.contains("memory: 4Gi"), text);
    }

    @Test
    void valuesChangeIt() throws Exception {
        String text = new Helm(DEPLOY.resolve("helm/laminar"))
                .template()
                .withName("demo")
                .set("highAvailability.zookeeper", "zk:2181/demo")
                .set("volume.enabled", "false")
                .set("checkpoints", "s3://bucket/laminar")
                .set("networkPolicy", "false")
                .set("worker.replicas", "5")
                .call();
        List<HasMetadata> objects = KubernetesFiles.read(text);
        assertEquals(List.of("Deployment", "Service", "StatefulSet"), kinds(objects));
        assertTrue(text.contains("--ha=zookeeper://zk:2181/demo"), text);
        assertTrue(text.contains("--ha-storage=s3://bucket/laminar/ha"), text);
        assertTrue(text.contains(",demo-coordinator-1.demo-coordinator:8081"), text);
        for (HasMetadata object : objects) {
            if (object instanceof Deployment deployment) {
                assertEquals(5, deployment.getSpec().getReplicas());
            } else if (object instanceof StatefulSet set) {
                assertEquals(2, set.getSpec().getReplicas());
            }
        }
    }
}
