// Stage 5: what the Swift runtime knows of types.
#include "ray_abi.h"

// In libswiftCore (swift/Runtime/Metadata.h): with the request 0 it waits until the metadata is
// complete.
typedef struct metadata_response {
  const void *metadata;
  size_t state;
} metadata_response;
extern __attribute__((swiftcall)) metadata_response swift_checkMetadataState(size_t request,
                                                                             const void *metadata);

const void *rayc_whole_metadata(const void *metadata) {
  return swift_checkMetadataState(0, metadata).metadata;
}
