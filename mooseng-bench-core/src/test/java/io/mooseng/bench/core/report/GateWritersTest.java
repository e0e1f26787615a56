package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mooseng.bench.core.gate.GateReport;
import io.mooseng.bench.core.gate.GateTest;
import io.mooseng.bench.core.result.Golden;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class GateWritersTest {

  static GateReport confirmed() {
    return GateTest.regression(905);
  }

  static GateReport breach() {
    return GateTest.breach();
  }

  @Test
  void writesTheGoldenTexts() {
    Golden.assertSame("gate.txt", () -> GateText.terminal(confirmed()));
    Golden.assertSame("gate.md", () -> GateText.markdown(confirmed()));
    Golden.assertSame("gate-annotations.txt", () -> GateText.annotations(breach()));
    Golden.assertSame("gate-junit.xml", () -> JUnitXml.render(breach()));
  }

  @Test
  void anAlertIsOneLineOfJsonAboutWhatDoesNotPass() throws Exception {
    String alert = GateAlert.render(confirmed());
    assertThat(alert).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(alert);
    assertThat(json.path("outcome").asText()).isEqualTo("fail");
    assertThat(json.path("text").asText()).startsWith("Gate: FAIL (1 row worse or failing): run ");
    assertThat(json.path("rows")).hasSize(1);
    assertThat(json.path("rows").path(0).path("outcome").asText()).isEqualTo("fail");
    assertThat(json.path("rows").path(0).path("ci95")).hasSize(2);
    JsonNode limits = new ObjectMapper().readTree(GateAlert.render(breach())).path("limits");
    assertThat(limits).hasSize(1);
    assertThat(limits.path(0).path("limit").asText()).isNotEmpty();
  }

  @Test
  void headlinesTellWhy() {
    assertThat(GateText.headline(confirmed())).isEqualTo("Gate: FAIL (1 row worse or failing)");
    assertThat(GateText.headline(GateTest.regression(1_000)))
        .isEqualTo("Gate: INCONCLUSIVE (1 regression not confirmed)");
    assertThat(GateText.headline(breach()))
        .isEqualTo("Gate: FAIL (1 limit broken, 1 limit without a value)");
  }

  @Test
  void junitIsXmlThatCountsItsCases() throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    JUnitXml.render(breach()).getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests"))
        .isEqualTo("" + suite.getElementsByTagName("testcase").getLength());
    assertThat(suite.getAttribute("failures"))
        .isEqualTo("" + suite.getElementsByTagName("failure").getLength())
        .isEqualTo("1");
    assertThat(suite.getAttribute("skipped"))
        .isEqualTo("" + suite.getElementsByTagName("skipped").getLength());
  }
}
