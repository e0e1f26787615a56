package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.mooseng.bench.multiregion.cluster.ClusterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The manifests, read as the types of Kubernetes' API. No cluster is needed, and none is asked:
 * what is not said here may still be refused by one.
 */
@Timeout(60)
class KubernetesManifestsTest {

  private static final Path DIRECTORY = Path.of("..", "deploy", "kubernetes");

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/Service", Service.class,
          "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "batch/v1/Job", Job.class);

  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .annotationIntrospector(new NoUnknownFields())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  @TempDir Path directory;

  /** The types keep what they do not know; here, it is a mistake. */
  private static final class NoUnknownFields extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }

  private static List<HasMetadata> read(String file) throws IOException {
    return parse(Files.readString(DIRECTORY.resolve(file)));
  }

  private static List<HasMetadata> parse(String yaml) throws IOException {
    List<HasMetadata> manifests = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
        assertThat(KINDS).containsKey(kind);
        manifests.add(STRICT.treeToValue(document, KINDS.get(kind)));
      }
    }
    return manifests;
  }

  private static <T> T only(List<HasMetadata> manifests, Class<T> type) {
    List<T> found = manifests.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void regionsAreOnesThatTheProgramReads() throws IOException {
    List<HasMetadata> manifests = read("regions.yaml");
    StatefulSet set = only(manifests, StatefulSet.class);
    Service service = only(manifests, Service.class);
    ConfigMap config = only(manifests, ConfigMap.class);
    Path file = directory.resolve("regions.yaml");
    Files.writeString(file, config.getData().get("regions.yaml"));

    List<String> pods = new ArrayList<>();
    for (int i = 0; i < set.getSpec().getReplicas(); i++) {
      pods.add(set.getMetadata().getName() + "-" + i);
    }
    assertThat(ClusterFile.read(file).regions())
        .extracting(region -> region.name())
        .containsExactlyElementsOf(pods);
    assertThat(ClusterFile.read(file).regions())
        .allSatisfy(
            region ->
                assertThat(region.host())
                    .isEqualTo(region.name() + "." + service.getMetadata().getName()));
    assertThat(service.getSpec().getPorts())
        .extracting(port -> port.getPort())
        .containsExactly(9422, 9522);
    assertThat(set.getSpec().getServiceName()).isEqualTo(service.getMetadata().getName());
    assertThat(set.getSpec().getSelector().getMatchLabels())
        .isEqualTo(set.getSpec().getTemplate().getMetadata().getLabels())
        .isEqualTo(service.getSpec().getSelector());
    Set<String> claims = new HashSet<>();
    set.getSpec().getVolumeClaimTemplates().forEach(one -> claims.add(one.getMetadata().getName()));
    mountsLeadSomewhere(set.getSpec().getTemplate().getSpec(), claims);
    assertThat(set.getSpec().getTemplate().getSpec().getVolumes().get(0).getConfigMap().getName())
        .isEqualTo(config.getMetadata().getName());
  }

  @Test
  void allLoadMachinesStartAtOnceAndWriteApart() throws IOException {
    List<HasMetadata> manifests = read("load.yaml");
    Job job = only(manifests, Job.class);
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
    assertThat(job.getSpec().getParallelism()).isEqualTo(job.getSpec().getCompletions());
    assertThat(pod.getRestartPolicy()).isEqualTo("Never");
    mountsLeadSomewhere(pod, Set.of());
    assertThat(pod.getVolumes().get(0).getPersistentVolumeClaim().getClaimName())
        .isEqualTo(only(manifests, PersistentVolumeClaim.class).getMetadata().getName());
    Container run = pod.getContainers().get(0);
    assertThat(run.getArgs()).contains("$(START_AT)", "/results/$(JOB_COMPLETION_INDEX)");
    assertThat(Instant.parse(run.getEnv().get(0).getValue())).isNotNull();
  }

  private static void mountsLeadSomewhere(PodSpec pod, Set<String> claims) {
    Set<String> volumes = new HashSet<>(claims);
    pod.getVolumes().forEach(volume -> volumes.add(volume.getName()));
    for (Container container : pod.getContainers()) {
      assertThat(volumes)
          .containsAll(container.getVolumeMounts().stream().map(VolumeMount::getName).toList());
      assertThat(container.getResources().getLimits())
          .isEqualTo(container.getResources().getRequests());
    }
  }

  /** Were they not, the tests above could not fail. */
  @Test
  void mistakesAreRefused() throws IOException {
    String load = Files.readString(DIRECTORY.resolve("load.yaml"));
    assertThatThrownBy(() -> parse(load.replace("completionMode:", "completionmode:")))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("completionmode");
    assertThatThrownBy(() -> parse(load.replace("completions: 4", "completions: four")))
        .isInstanceOf(JsonMappingException.class);
    assertThatThrownBy(() -> parse(load.replace("mountPath:", "mount-path:")))
        .isInstanceOf(JsonMappingException.class);
  }
}
