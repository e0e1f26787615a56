package io.mooseng.bench.core.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;

/**
 * A line for each field of a run, of a row and of what these have. What lies deeper, such as an
 * iteration or a metric, stays on one line: in a large run a third of all bytes would be blanks.
 */
public final class RunPrinter extends DefaultPrettyPrinter {

  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 3;

  public RunPrinter() {
    indentObjectsWith(new Indenter());
  }

  @Override
  public DefaultPrettyPrinter createInstance() {
    return new RunPrinter();
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) throws IOException {
    if (_nesting > DEEPEST) {
      _nesting--;
      json.writeRaw(" }");
    } else {
      super.writeEndObject(json, entries);
    }
  }

  private static final class Indenter extends DefaultIndenter {

    private static final long serialVersionUID = 1L;

    Indenter() {
      super("  ", "\n");
    }

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      if (level > DEEPEST) {
        json.writeRaw(' ');
      } else {
        super.writeIndentation(json, level);
      }
    }
  }
}
