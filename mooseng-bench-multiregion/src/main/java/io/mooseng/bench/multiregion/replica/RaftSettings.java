package io.mooseng.bench.multiregion.replica;

import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.Region;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.retry.RetryPolicy;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** How Ratis is set up in one region of a cluster. */
final class RaftSettings {

  /** A multiple of the default, so that 1 MB per round trip is not the most that is replicated. */
  private static final SizeInBytes FLOW_CONTROL_WINDOW = SizeInBytes.valueOf("8MB");

  private static final long SNAPSHOT_EVERY_ENTRIES = 50_000;
  private static final int OUTSTANDING_REQUESTS = 4_096;

  /** Longer than a write between any two regions, and short enough to find another leader soon. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);

  static final Duration RETRY_PAUSE = Duration.ofMillis(50);

  /** A request is given up by then; its caller has given it up long before. */
  static final int RETRIES = 200;

  /** Of the first leader, which the first region is to be: nobody waits for one that never was. */
  private static final Duration FIRST_ELECTION_LEAST = Duration.ofMillis(300);

  private static final Duration FIRST_ELECTION_MOST = Duration.ofMillis(400);

  /**
   * All other regions wait so much longer for the first leader: what a cluster is for is usually
   * begun with the first region in the lead, and to move it costs several round trips.
   */
  private static final Duration OTHERS_FIRST_ELECTION_LEAST = Duration.ofMillis(1_200);

  /** Far from the least, so that two of them hardly ever stand for election at once. */
  private static final Duration OTHERS_FIRST_ELECTION_MOST = Duration.ofMillis(1_900);

  /** A pause of this length is for the operating system or the benchmark to end, not for Ratis. */
  private static final Duration PAUSE_TOLERATED = Duration.ofMinutes(10);

  private RaftSettings() {}

  /** All regions, at the addresses by which {@code self} reaches them. */
  static RaftGroup group(ClusterDescription cluster, String self) {
    UUID id = UUID.nameUUIDFromBytes(cluster.name().getBytes(StandardCharsets.UTF_8));
    return RaftGroup.valueOf(RaftGroupId.valueOf(id), peers(cluster, self, ""));
  }

  private static List<RaftPeer> peers(ClusterDescription cluster, String self, String preferred) {
    List<RaftPeer> peers = new ArrayList<>();
    for (Region region : cluster.regions()) {
      String address = cluster.reached(self, region.name()).raftAddress();
      peers.add(
          RaftPeer.newBuilder()
              .setId(region.name())
              .setAddress(address)
              .setClientAddress(address)
              .setAdminAddress(address)
              .setPriority(region.name().equals(preferred) ? 1 : 0)
              .build());
    }
    return peers;
  }

  /** A shard: the first region is the first choice for the lead of the first one, and so on. */
  static RaftGroup shard(ClusterDescription cluster, String self, int number) {
    String preferred = cluster.names().get(number % cluster.names().size());
    UUID id =
        UUID.nameUUIDFromBytes(
            (cluster.name() + "/shard-" + number).getBytes(StandardCharsets.UTF_8));
    return RaftGroup.valueOf(RaftGroupId.valueOf(id), peers(cluster, self, preferred));
  }

  static RaftClient newClient(RaftGroup group) {
    return RaftClient.newBuilder()
        .setRaftGroup(group)
        .setProperties(client())
        .setParameters(new Parameters())
        .setRetryPolicy(retries())
        .build();
  }

  static RaftProperties server(ClusterDescription cluster, String self, File storage) {
    RaftProperties properties = common();
    Region region = cluster.region(self);
    GrpcConfigKeys.Server.setHost(properties, region.host());
    GrpcConfigKeys.Server.setPort(properties, region.raftPort());
    RaftServerConfigKeys.setStorageDir(properties, List.of(storage));
    RaftServerConfigKeys.setSleepDeviationThreshold(properties, time(PAUSE_TOLERATED));
    RaftServerConfigKeys.setCloseThreshold(properties, time(PAUSE_TOLERATED));
    RaftServerConfigKeys.Rpc.setSlownessTimeout(properties, time(PAUSE_TOLERATED));
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(cluster.electionLeast()));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(cluster.electionMost()));
    boolean first = self.equals(cluster.names().get(0));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(
        properties, time(first ? FIRST_ELECTION_LEAST : OTHERS_FIRST_ELECTION_LEAST));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
        properties, time(first ? FIRST_ELECTION_MOST : OTHERS_FIRST_ELECTION_MOST));
    // Else each commit is an entry of its own, which the log in memory hardly has (decision 019).
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.Log.setUseMemory(properties, !cluster.durableLog());
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, cluster.leaderLease());
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, cluster.durableLog());
    RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, SNAPSHOT_EVERY_ENTRIES);
    return properties;
  }

  private static RaftProperties client() {
    RaftProperties properties = common();
    RaftClientConfigKeys.Rpc.setRequestTimeout(properties, time(REQUEST_TIMEOUT));
    RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, OUTSTANDING_REQUESTS);
    return properties;
  }

  private static RaftProperties common() {
    RaftProperties properties = new RaftProperties();
    GrpcConfigKeys.setFlowControlWindow(properties, FLOW_CONTROL_WINDOW);
    return properties;
  }

  /** A request that got no answer is sent again, to whoever leads then; Ratis applies it once. */
  private static RetryPolicy retries() {
    return RetryPolicies.retryUpToMaximumCountWithFixedSleep(RETRIES, time(RETRY_PAUSE));
  }

  private static TimeDuration time(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
