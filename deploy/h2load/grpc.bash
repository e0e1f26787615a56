# gRPC calls from bash with curl, for scripts that source this file. Messages are hexadecimal
# text in the protobuf encoding; a number in an answer is taken over as the bytes it came in.

# A varint of a small number.
varint() {
  local number=$1 hex=''
  while ((number > 127)); do
    hex+=$(printf '%02x' $((number & 127 | 128)))
    number=$((number >> 7))
  done
  printf '%s%02x' "$hex" "$number"
}

# A field of bytes: its number, and the bytes.
field() {
  printf '%s%s%s' "$(varint $(($1 << 3 | 2)))" "$(varint $((${#2} / 2)))" "$2"
}

# ASCII text as hexadecimal.
hex() {
  printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'
}

# A message as a gRPC frame: not compressed, length in four bytes.
frame() {
  printf '00%08x%s' $((${#1} / 2)) "$1"
}

# Writes hexadecimal text as bytes.
bytes() {
  printf '%b' "$(sed 's/../\\x&/g' <<<"$1")"
}

# CRC32C (RFC 3720, appendix B.4), as eight hexadecimal digits, big-endian.
crc32c() {
  local message=$1 crc=$((16#ffffffff)) i bit
  for ((i = 0; i < ${#message}; i += 2)); do
    crc=$((crc ^ 16#${message:i:2}))
    for bit in {1..8}; do
      crc=$(((crc >> 1) ^ (crc & 1 ? 16#82f63b78 : 0)))
    done
  done
  printf '%08x' $((crc ^ 16#ffffffff))
}

# The bytes of the varint that a message begins with, after its tag: MESSAGE TAG.
leading_varint() {
  local message=$1 tag=$2 rest hex='' byte
  [[ $message == "$tag"* ]] || return 1
  rest=${message#"$tag"}
  while byte=${rest:0:2} && [[ -n $byte ]]; do
    hex+=$byte
    rest=${rest:2}
    ((16#$byte & 128)) || break
  done
  printf '%s' "$hex"
}

# What follows tag and length of the message that a message begins with.
leading_message() {
  local length
  length=$(leading_varint "$1" 0a) || return 1
  printf '%s' "${1:$((2 + ${#length}))}"
}

# Calls METHOD (package.Service/Rpc) at HOST:PORT with the frames in a file, and prints the message
# it answers with. Fails unless gRPC's status is OK.
call() {
  local address=$1 method=$2 body=$3 answer status
  answer=$(mktemp -d) || return 1
  curl --silent --show-error --max-time 10 --http2-prior-knowledge \
    -H 'content-type: application/grpc' -H 'te: trailers' --data-binary "@$body" \
    --dump-header "$answer/headers" --output "$answer/body" "http://$address/$method" || return 1
  status=$(sed -n 's/^grpc-status: *\([0-9]*\).*/\1/p' "$answer/headers")
  if [[ $status != 0 ]]; then
    echo "$method at $address: gRPC status '$status'" \
      "$(sed -n 's/^grpc-message: *//p' "$answer/headers")" >&2
    rm -r "$answer"
    return 1
  fi
  tail -c +6 "$answer/body" | od -An -v -tx1 | tr -d ' \n'
  rm -r "$answer"
}

# As call, with one message of hexadecimal text.
ask() {
  local body
  body=$(mktemp) || return 1
  bytes "$(frame "$3")" >"$body"
  call "$1" "$2" "$body"
  local failed=$?
  rm "$body"
  return $failed
}
